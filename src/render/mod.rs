//! Turns strings and cells into PDF, XLSX and HTML bytes. Knows no word of the school.
