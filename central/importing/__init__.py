"""Import of a hotline's ticket exports (CSV, XLSX, zip of them) through a mapping file.

``mapping`` is the language, ``reading`` the files, ``times`` and ``fields`` single values, ``translate`` one record,
``sample_visits`` the generated return visits, ``run`` the whole, ``command`` the command line. See docs/import.md.
"""
