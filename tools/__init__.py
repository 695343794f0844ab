"""What dev.py is made of: set-up of the environment, the project's own lint, translations.

Standard library only, so that it runs under a bare system Python before anything is installed.
"""
