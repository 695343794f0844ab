"""The liaison's page: what is asked of my unit, and its cases."""
