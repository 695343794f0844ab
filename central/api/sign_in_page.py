"""The one page a browser sees: sign in, in Chinese or English. Plain HTML, no script, nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape

_STYLE = """
:root{color-scheme:light dark;font:16px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f3f5f8;color:#1d2733}
main{width:min(22rem,90vw);padding:2rem;background:#fff;border:1px solid #d5dce5;border-radius:10px}
h1{font-size:1.2rem;margin:0 0 1.2rem}label{display:block;margin:.9rem 0 .3rem}
input{box-sizing:border-box;width:100%;padding:.55rem;font:inherit;border:1px solid #8b99a8;border-radius:6px}
button{width:100%;margin-top:1.4rem;padding:.6rem;font:inherit;border:0;border-radius:6px;background:#1f5fa8;color:#fff}
p.problem{padding:.6rem .8rem;border-left:4px solid #b3261e;background:#fdecea;color:#5c1410}
p.hint{margin:1.2rem 0 0;font-size:.875rem;color:#55626f}
@media(prefers-color-scheme:dark){body{background:#12171d;color:#e4e9ee}main{background:#1b222a;border-color:#35404c}
p.hint{color:#a5b1bd}input{background:#12171d;color:inherit;border-color:#5a6876}}
"""
_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "lang": "zh-CN",
        "title": "登录 · 12345 督办",
        "heading": "12345 督办工作台",
        "login": "账号",
        "password": "密码",
        "submit": "登录",
        "hint": "登录后浏览器会把结果交还给本机的督办工作台。",
        "wrong": "账号或密码不正确。",
        "too_many": "尝试次数过多，请几分钟后再试。",
        "bad_request": "登录请求无效。请回到督办工作台重新登录。",
    },
    "en": {
        "lang": "en",
        "title": "Sign in · 12345 supervision",
        "heading": "12345 Supervision Desk",
        "login": "Account",
        "password": "Password",
        "submit": "Sign in",
        "hint": "Your browser then hands the result back to the Supervision Desk on this computer.",
        "wrong": "The account or the password is not right.",
        "too_many": "Too many attempts. Try again in a few minutes.",
        "bad_request": "This sign-in request is not valid. Go back to the Supervision Desk and start again.",
    },
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        f"style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'; "
        "form-action 'self' http://127.0.0.1:* http://[::1]:*"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


def language_of(accept_language: str, wanted: str = "") -> str:
    """ "zh" or "en": what the request asks for, else the browser's first choice of the two, else Chinese."""
    for part in (*wanted.split(), *accept_language.split(",")):
        code = part.strip().lower()[:2]
        if code in _WORDS:
            return code
    return "zh"


def sign_in_page(language: str, request: Mapping[str, str], login: str = "", problem: str = "") -> str:
    """The form; ``request`` are the parameters of the authorization request, carried along as they came."""
    words = _WORDS[language]
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in request.items()
    )
    notice = f'<p class="problem" role="alert">{words[problem]}</p>' if problem else ""
    return _frame(
        words,
        f"""{notice}<form method="post" action="authorize">{hidden}
<label for="login">{words["login"]}</label>
<input id="login" name="login" value="{escape(login)}" autocomplete="username" maxlength="64" required autofocus>
<label for="password">{words["password"]}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required>
<button type="submit">{words["submit"]}</button></form><p class="hint">{words["hint"]}</p>""",
    )


def problem_page(language: str, problem: str) -> str:
    """A page that says why there is no form."""
    words = _WORDS[language]
    return _frame(words, f'<p class="problem" role="alert">{words[problem]}</p>')


def _frame(words: Mapping[str, str], inner: str) -> str:
    return (
        f'<!doctype html><html lang="{words["lang"]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{words['title']}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{words['heading']}</h1>{inner}</main></body></html>"
    )
