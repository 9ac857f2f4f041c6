// suanpan: the one program.

#include "src/program.h"
#include "suanpan/store/rocksdb_store.h"

int main(int argc, char** argv) {
  return suanpan::cli::RunProgram(argc, argv,
                                  {suanpan::store::OpenRocksDb, suanpan::store::OpenRocksDbReader});
}
