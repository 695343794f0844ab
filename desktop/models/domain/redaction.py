"""How a name, a number and a text are masked: the one masking of the project. Says nothing of who sees what."""

from __future__ import annotations

import re

_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?"
    r"(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|\(\d{3}\) ?\d{3}[-. ]?\d{4}|\d{3}[-. ]\d{3}[-. ]\d{4})"
    r"(?!\d)"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_IDENTITY_CARD = re.compile(r"(?<!\d)\d{17}[\dXx](?![0-9A-Za-z])")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HOME = re.compile(
    r"((?:家庭住址|家庭地址|现住址|住址|户籍地?)(?:为|是|在|[:：])?|(?<![入小留居困])(?:现居住|居住|家住|现住|租住|住)(?:在|于)?)"
    r"(?![建房户宅院所宿满持进下着不了人民客区环])[^，,。；;、！!？?\s〔]{3,60}"
)
_FLAT = re.compile(
    r"(?<!\d)(?:\d{1,3} ?单元 ?\d{3,4} ?室?|\d{1,3} ?单元|\d{1,3}[-－—]\d{1,3}[-－—]\d{3,4} ?室?|\d{3,4} ?室)(?!\d)"
)


def mask_name(name: str, form_of_address: str = "") -> str:
    """Surname and form of address ("张女士"); compound surnames are kept whole; "" stays ""."""
    name = name.strip()
    if not name:
        return ""
    if name.isascii():
        return f"{form_of_address} {name.split()[-1]}".strip()
    compound = len(name) > 2 and name[:2] in COMPOUND_SURNAMES  # "东方" alone may be a whole name
    surname = name[:2] if compound else name[:1]
    return surname + (form_of_address or "*")


def phone_tail(number: str) -> str:
    """The last four digits of the number without its extension, "" for fewer than seven digits."""
    digits = normalize_phone(number)
    return digits[-4:] if len(digits) >= 7 else ""


def normalize_phone(number: str) -> str:
    """Digits alone, without China's country code, extension cut off: what the lease's key is made of."""
    number = re.split(r"转|ext|x|#|,|，", number.translate(_FULL_WIDTH).lower(), maxsplit=1)[0].strip()
    digits = re.sub(r"\D", "", number)
    if digits.startswith("0086") or (digits.startswith("86") and number.startswith("+")):
        digits = digits[4:] if digits.startswith("0086") else digits[2:]
        # Abroad a landline is written without the trunk 0 that it has at home.
        return digits if digits.startswith("0") or re.match(r"1[3-9]\d{9}$", digits) else "0" + digits
    return digits[2:] if digits.startswith("86") and len(digits) == 13 else digits


def redact(text: str, names: tuple[str, ...] = ()) -> str:
    """``text`` with telephone numbers, identity cards, mail addresses and the given names hidden."""
    text = _IDENTITY_CARD.sub("〔证件号〕", text.translate(_FULL_WIDTH))
    text = _PHONE.sub("〔电话〕", text)
    text = _MAIL.sub("〔邮箱〕", text)
    for name in sorted((n for n in names if len(n) >= 2), key=len, reverse=True):
        text = text.replace(name, mask_name(name))
    return text


def redact_for_paper(text: str, names: tuple[str, ...] = ()) -> str:
    """:func:`redact`, and where somebody says they live, and which flat: for whatever leaves the program.

    The street and the house a complaint is about stay: somebody has to go there.
    """
    return _FLAT.sub("〔房号〕", _HOME.sub(r"\1〔住址〕", redact(text, names)))


COMPOUND_SURNAMES = frozenset(
    re.findall(
        r"\S+",
        "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 宇文 长孙 独孤 轩辕 端木 百里 呼延 南宫 西门 "
        "拓跋 澹台 闻人 太史 申屠 宗政 濮阳 淳于 钟离 鲜于 闾丘 司空 赫连 东郭 南门 左丘 谷梁 段干 公羊 万俟 第五",
    )
)
