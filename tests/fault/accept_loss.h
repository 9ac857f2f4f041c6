#pragma once

// Finding and accepting what a place has lost. Everything that opens a store runs in a process of
// its own (data_copy.h), and answers in words.

#include <string>

#include "data_copy.h"
#include "faulty_files.h"
#include "guard_cut.h"

namespace suanpan::fault {

/// "zz 5 of 9 log_shorter at 6, yy 4 of 4": of each book what is kept, what was promised, the
/// alarm, and where the log says so; "?" for a book that the data does not have. Else the error.
[[nodiscard]] std::string Found(const Place& place);
/// The same once it is accepted. `book`: only that one.
[[nodiscard]] std::string Accept(const Place& place, const std::string& book = {});
/// The same with requests of a sort failing from the nth on; "unharmed" where there were not so
/// many.
[[nodiscard]] std::string AcceptWithFault(const Place& place, FileOp op, std::uint64_t nth);

/// The same in a process that ends at the nth write of the guard, and then answers nothing.
[[nodiscard]] std::string AcceptUntilGuardWrite(const Place& place, int nth, GuardCut how);

/// "zz 6 (6: 5 to 9), yy 4": of each book its entries and what its log.restored say, once the place
/// is open for appending, and as a reader sees it; else the alarm.
[[nodiscard]] std::string BooksOf(const Place& place);

/// Takes rows of blocks away, which have an entry each, from and to an entry.
void DeleteBlocks(const Place& place, std::uint32_t book, std::uint64_t from, std::uint64_t to);
/// Puts one of those rows of another place in the place of this one's.
void CopyBlock(const Place& from, const Place& to, std::uint32_t book, std::uint64_t seq);
/// Makes the index of keys empty.
void ForgetKeys(const Place& place);
/// Lets the guard remember another head of a book.
void GuardAnother(const Place& place, BookNo book, std::uint64_t size);
/// Lets the guard know no more of book zz than `size` entries that its log has, both heads.
void GuardOnly(const Place& place, std::uint64_t size);
/// The guard file's bytes.
[[nodiscard]] std::string ReadGuard(const Place& place);

}  // namespace suanpan::fault
