"""Z: 文件本身和没有读懂的内容."""

from auditor.rules.family import About, Family

FAMILY = Family("Z", "文件本身和没有读懂的内容", About.FILE, order=9)
