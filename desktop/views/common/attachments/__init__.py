"""Attachments on a page: the files of a case, a form's field of picked files, a look at one. See ``file_list``."""
