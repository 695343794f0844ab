"""Hot columns: what lists filter, sort and count by, as arrays of numbers in memory.

``columns`` holds the arrays and reads them from ``ticket_list``; ``orders`` the orders they stand in; ``answers`` turns
a filter into row ids and counts; ``lists`` decides when they are loaded and whether they may answer. numpy is imported
by the first three, and they by ``HotLists.load`` alone: in a thread, after the first rows are on the screen.
"""
