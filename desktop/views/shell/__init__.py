"""The frame around the pages: window, rail, status bar, sample banner, guide, palette, sign-in.

Knows pages only as :class:`~desktop.views.shell.pages.PageSpec`; what needs the outside (another person, another
server) is asked for by signals that the composition root answers.
"""
