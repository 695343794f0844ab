"""Attachments on their way, up and down: plain functions over an explicit context, one exchange a step. No Qt.

``lane`` chooses the file and takes the step, ``upload`` and ``download`` are the two ways, ``intake`` takes a picked
file into the blobs, ``tidy`` keeps the two files on disk in agreement.
"""
