"""The words for a test of the connection: what each step tried, how it went, and what can be done about it.

Answers in the language in force. The text for the administrator holds names of machines, certificates, times and
versions; no account, no case, no folder of a person.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop.services.background.connection_test import Step
from desktop.views.common.words import code_words
from desktop.views.shell.connection_words import ConnectionWords


class ConnectionReport(QObject):
    """A QObject for the sake of ``self.tr`` alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = ConnectionWords(lambda at: at, self)

    def title(self, step: Step) -> str:
        """What the step tried, in a few words."""
        return {
            "address": self.tr("Address"),
            "proxy": self.tr("Proxy"),
            "name": self.tr("Name of the server"),
            "connection": self.tr("Connection"),
            "certificate": self.tr("Certificate"),
            "server": self.tr("Server"),
            "clock": self.tr("Clock"),
            "sign_in": self.tr("Sign-in"),
        }[step.name]

    def state(self, step: Step) -> str:
        """One word for how it went."""
        return {
            "good": self.tr("good"),
            "warn": self.tr("attention"),
            "bad": self.tr("failed"),
            "skipped": self.tr("not tried"),
        }[step.state]

    def sentence(self, step: Step) -> str:
        """How it went."""
        if step.state == "skipped":
            if step.code == "loopback":
                return self.tr("Not needed: the server runs on this computer.")
            return self.tr("Not tried.")
        if step.state == "bad":
            return code_words(step.code)
        said = self._said(step)
        for name, value in step.facts.items():
            said = said.replace("{" + name + "}", value)
        return said

    def advice(self, step: Step) -> str:
        """What to do about it, "" for nothing."""
        if step.state == "bad":
            return self._advice().get(step.code, "") or self._words.advice_of(step.code)
        return self._advice().get(step.code, "") if step.state == "warn" else ""

    def details(self, step: Step) -> list[str]:
        """Further lines: the chain of certificates and the pin of the server's key."""
        line = self.tr("{number}. {subject}, vouched for by {issuer}, {begins} to {ends}")
        lines = [
            line.format(
                number=number,
                subject=link.subject,
                issuer=link.issuer,
                begins=f"{link.begins:%Y-%m-%d}",
                ends=f"{link.ends:%Y-%m-%d}",
            )
            for number, link in enumerate(step.chain, 1)
        ]
        if "pin" in step.facts:
            pin = self.tr("Pin of this key: {pin}")
            lines.append(pin.format(pin=step.facts["pin"]))
        return lines

    def as_text(self, steps: Sequence[Step], version: str) -> str:
        """All of it, for the administrator."""
        head = self.tr("Test of the connection, Supervision Desk {version}")
        lines = [head.format(version=version), ""]
        for number, step in enumerate(steps, 1):
            lines.append(f"{number}. {self.title(step)}: {self.state(step)}. {self.sentence(step)}")
            facts = "; ".join(f"{name}={value}" for name, value in step.facts.items() if name != "pin")
            lines += [f"   {line}" for line in (*self.details(step), facts, self.advice(step)) if line]
            if step.code:
                lines.append(f"   ({step.code})")
        return "\n".join(lines)

    def _said(self, step: Step) -> str:
        """A sentence for what went well, by code or by step."""
        certificate = (
            self.tr("Trusted by this computer ({tls}).")
            if step.facts.get("vouched") == "system"
            else self.tr("Trusted by the city's own certificate ({tls}); this computer alone would not.")
        )
        if step.facts.get("pins", "0") != "0":
            certificate += " " + self.tr("Its key is one of those named.")
        return {
            "address": step.facts.get("server", ""),
            "proxy_used": self.tr("The way leads through {proxy}."),
            "proxy_none": self.tr("No proxy: the way is direct."),
            "name": self.tr("{host} is known: {addresses}"),
            "no_name_needed": self.tr("{host} is a number; no name is looked up."),
            "connection": self.tr("{host} takes connections at port {port} ({took} ms)."),
            "certificate": certificate,
            "ends_soon": certificate,
            "server": self.tr("The server of {city} answers (protocol {protocol})."),
            "clock": self.tr("This computer's clock fits the server's ({seconds} s)."),
            "clock_off": self.tr("This computer's clock is off by {seconds} s."),
            "own_sign_in": self.tr("Accounts of the server itself."),
            "provider_sign_in": self.tr("The office's sign-in service answers: {provider}"),
        }.get(step.code or step.name, "")

    def _advice(self) -> dict[str, str]:
        own = self.tr("Name the file of the city's own certificate here, or correct the address.")
        return {
            "untrusted_certificate": self.tr(
                "If the chain shown is your city's own, name the file of its certificate. If you do not know it, "
                "somebody stands between this computer and the server: go no further."
            ),
            "certificate_not_pinned": self.tr(
                "If the server's key was changed on purpose, replace the pins. If nobody changed it, go no further."
            ),
            "bad_authority": own,
            "unknown_name": self.tr(
                "Check the spelling, and whether this computer uses the city's name server (or its VPN)."
            ),
            "refused": self.tr("Check the port, and whether the server runs."),
            "no_answer": self.tr(
                "A firewall on the way drops the packets: have this address and port opened."
            ),
            "proxy_failed": self.tr("Check the proxy's address, and whether it lets this server through."),
            "proxy_sign_in": self.tr(
                "The program gives no password to a proxy: have this server let through."
            ),
            "tls_failed": self.tr(
                "The server has to speak TLS 1.2 or later. Something on the way may be altering it."
            ),
            "ends_soon": self.tr("A certificate of the chain ends within three weeks: have it renewed."),
            "clock_off": self.tr("Set the clock, or let this computer follow the city's time server."),
            "provider_away": self.tr(
                "Have the sign-in service's address opened on the way from this computer, too."
            ),
        }
