"""Words for visits of other channels, visits called into question, inquiries to a unit: codes in, words out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def mode(code: str) -> str:
    """By which channel a visit is made."""
    return {
        "phone": QCoreApplication.translate("ChannelWords", "Telephone"),
        "sms": QCoreApplication.translate("ChannelWords", "Text message"),
        "web": QCoreApplication.translate("ChannelWords", "Web or WeChat"),
        "robot": QCoreApplication.translate("ChannelWords", "Robot call"),
    }.get(code, code)


def ground(code: str) -> str:
    """Why a visit was opened after another, or stands in the human queue; "" for the hotline's own."""
    return {
        "no_reply": QCoreApplication.translate("ChannelWords", "another channel reached nobody"),
        "dissatisfied": QCoreApplication.translate("ChannelWords", "dissatisfied through another channel"),
        "overturned": QCoreApplication.translate("ChannelWords", "the visit before was overturned"),
        "contact_log": QCoreApplication.translate("ChannelWords", "after the unit's contact log"),
        "rectification": QCoreApplication.translate("ChannelWords", "to hear how a finding was put right"),
    }.get(code, "")


def ground_mark(code: str) -> str:
    """The same in two words, beside a line of the queue."""
    return {
        "no_reply": QCoreApplication.translate("ChannelWords", "No reply elsewhere"),
        "dissatisfied": QCoreApplication.translate("ChannelWords", "Dissatisfied elsewhere"),
        "overturned": QCoreApplication.translate("ChannelWords", "Overturned before"),
        "contact_log": QCoreApplication.translate("ChannelWords", "Contact log came"),
        "rectification": QCoreApplication.translate("ChannelWords", "Rectification to verify"),
    }.get(code, "")


def challenge_state(code: str) -> str:
    """What became of asking for a visit to be overturned."""
    return {
        "asked": QCoreApplication.translate("ChannelWords", "Overturning asked for"),
        "agreed": QCoreApplication.translate("ChannelWords", "Overturned"),
        "refused": QCoreApplication.translate("ChannelWords", "Not overturned"),
    }.get(code, code)


def inquiry_state(code: str) -> str:
    """Where a request for a unit's contact log stands."""
    return {
        "asked": QCoreApplication.translate("ChannelWords", "Asked of the unit"),
        "answered": QCoreApplication.translate("ChannelWords", "Answered by the unit"),
        "settled": QCoreApplication.translate("ChannelWords", "Closed"),
    }.get(code, code)
