"""The contradiction board: cases whose visit contradicts the file, in the order in which they deserve a look.

``ground`` reads every completion of the city once, for how rare each sign is; ``replies`` finds answers that say the
same; ``standing`` says where each case stands now; ``sides`` lays one case out. numpy is imported by the first two, and
they by ``board`` alone: in the patient lane. Nothing here knows a word of the interface, and nothing files a finding.
"""
