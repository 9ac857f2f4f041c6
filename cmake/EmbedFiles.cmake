# cmake -DOUTPUT=x.cc -DNAMESPACE=a::b -DNAMES=one,two
#       -DFILES=path,path -P EmbedFiles.cmake
#
# Writes a source file that defines `const unsigned char kNAME[]` and `const unsigned kNAMEBytes`
# for every file, in the namespace's `embedded`: assets that a library carries without a folder
# beside the program. The output depends on the bytes of the files only.
string(REPLACE "," ";" names "${NAMES}")
string(REPLACE "," ";" files "${FILES}")
set(text "// Generated from the files of the source tree.\n\n")
string(APPEND text "namespace ${NAMESPACE}::embedded {\n\n")
foreach(name file IN ZIP_LISTS names files)
  file(READ "${file}" hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR bytes "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
  string(REPEAT "0x..," 16 row)
  string(REGEX REPLACE "(${row})" "\\1\n" hex "${hex}")
  string(APPEND text
    "extern const unsigned k${name}Bytes;\nextern const unsigned char k${name}[];\n"
    "const unsigned k${name}Bytes = ${bytes};\n"
    "alignas(8) const unsigned char k${name}[] = {\n${hex}};\n\n")
endforeach()
string(APPEND text "}  // namespace ${NAMESPACE}::embedded\n")
file(WRITE "${OUTPUT}" "${text}")
