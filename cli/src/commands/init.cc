// suanpan init

#include <fmt/format.h>

#include <filesystem>

#include "src/context.h"
#include "src/directories.h"
#include "src/output.h"
#include "suanpan/store/rocksdb_store.h"

namespace suanpan::cli {
namespace {

namespace fs = std::filesystem;

/// The key is written first: a data directory without its key could sign nothing.
Result<proof::Signer> MakeKey(const std::string& origin, const std::string& key_dir) {
  SUANPAN_ASSIGN_OR_RETURN(proof::Signer signer, proof::GenerateSigner(origin));
  std::error_code error;
  fs::create_directories(key_dir, error);
  if (error) return MakeError(StatusCode::kIo, "{}: {}", key_dir, error.message());
  fs::permissions(key_dir, fs::perms::owner_all, error);
  if (error) return MakeError(StatusCode::kIo, "{}: {}", key_dir, error.message());
  SUANPAN_RETURN_IF_ERROR(WriteSecretFile(LogKeyPath(key_dir), signer.SecretText() + "\n"),
                          "the log key cannot be written");
  return signer;
}

Status CheckPlaces(const Context& context, const std::string& key_dir) {
  std::error_code error;
  if (fs::exists(context.data_dir, error) && !fs::is_directory(context.data_dir, error)) {
    return MakeError(StatusCode::kFailedPrecondition,
                     "{} is no directory; choose another with --data", context.data_dir);
  }
  Status there = store::CheckDataDirectory(context.data_dir);
  if (!there.ok() && there.code() != StatusCode::kNotFound) return there;
  if (fs::exists(context.data_dir, error) && !fs::is_empty(context.data_dir, error)) {
    return MakeError(StatusCode::kFailedPrecondition,
                     "{} exists and is not empty; choose another with --data", context.data_dir);
  }
  for (const std::string& place : {context.data_dir, key_dir}) {
    const std::optional<std::string> outer = store::DataDirectoryAround(place);
    if (!outer) continue;
    return MakeError(StatusCode::kFailedPrecondition,
                     "{} lies inside the data directory {}; choose another with {}", place, *outer,
                     place == key_dir ? "--key-dir" : "--data");
  }
  if (IsInside(key_dir, context.data_dir)) {
    return MakeError(StatusCode::kFailedPrecondition,
                     "the key directory {} lies inside the data directory, so that a copy of the "
                     "data would carry "
                     "the key; choose another with --key-dir",
                     key_dir);
  }
  if (fs::exists(LogKeyPath(key_dir), error)) {
    return MakeError(
        StatusCode::kFailedPrecondition,
        "{} holds the key of a log already: if the data directory of that log was "
        "lost, restore a copy of it; if that log was never made to the end, remove the "
        "key directory; for another log choose another with --key-dir",
        key_dir);
  }
  return {};
}

/// The data directory with its verifier key in it.
Status MakeData(const std::string& data_dir, const std::string& vkey) {
  SUANPAN_ASSIGN_OR_RETURN(const std::unique_ptr<store::EventStore> store,
                           store::OpenRocksDb(data_dir, {.create = true}));
  return store->PutMeta(kMetaVkey, AsBytes(vkey));
}

int Init(const Context& context, const std::string& origin) {
  if (!proof::IsKeyName(origin)) {
    return FailUsage(fmt::format("--origin '{}' is not a key name: no spaces and no '+'", origin));
  }
  const std::string key_dir = KeyDirectory(context.data_dir, context.key_dir);
  if (const Status places = CheckPlaces(context, key_dir); !places.ok()) return Fail(places);
  const Result<proof::Signer> signer = MakeKey(origin, key_dir);
  if (!signer.ok()) return Fail(signer.error());
  const std::string vkey = ToText(signer->verifier());
  Status made = engine::Guard::Create(GuardPath(key_dir), vkey);
  if (made.ok()) made = MakeData(context.data_dir, vkey);
  if (!made.ok()) {
    // A key of no log would stand in the way of the next try.
    std::error_code error;
    fs::remove(LogKeyPath(key_dir), error);
    fs::remove(GuardPath(key_dir), error);
    return Fail(made);
  }
  if (context.Format() == report::Format::kJson) {
    report::Document document;
    document.name = "init";
    document.head = {{"data", context.data_dir}, {"key_dir", key_dir}, {"vkey", vkey}};
    return Print(context, document);
  }
  return PrintText(context, vkey + "\n");
}

}  // namespace

void AddInit(CLI::App& app, Context& context) {
  auto origin = std::make_shared<std::string>("suanpan.local");
  CLI::App* command = AddCommand(
      app, "init", "make a data directory and its key; prints the verifier key",
      "suanpan init --data ledger --origin ledger.example", context,
      [&context, origin] { return Init(context, *origin); }, Unused{.book = true, .csv = true});
  command->add_option("--origin", *origin, "name of the log; a book's is NAME/book")
      ->capture_default_str();
}

}  // namespace suanpan::cli
