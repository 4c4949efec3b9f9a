"""Samples that can be defended: a frame, a draw that anybody can repeat, and what it proves.

Pure arithmetic on frozen data: no store, no files, standard library only. Every number told is exact, or
rounded to the side on which it claims less; where a root has to be searched for, its module says how closely.
"""
