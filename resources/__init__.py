"""Files the program ships: icons, translations, styles, contract, mappings."""
