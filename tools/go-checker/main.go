// go-checker verifies an exported log (C2SP tlog-tiles) without any code of Suanpan: notes and
// trees are those of golang.org/x/mod/sumdb, behind sum.golang.org.
//
//	go-checker EXPORT_DIR VKEY
//
// README.md says what it checks. Exit code 0: verified; 1: not verified, or it could not be read.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // of a tile: 256 hashes

// entries splits a bundle: each entry is a big-endian uint16 length and its bytes.
func entries(data []byte, count int) ([][]byte, error) {
	var list [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("cut in entry %d", len(list))
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		list = append(list, data[2:end])
		data = data[end:]
	}
	if len(list) != count {
		return nil, fmt.Errorf("%d entries, want %d", len(list), count)
	}
	return list, nil
}

// ownHashes are the tree's hashes, in tlog's order, as recomputed from the entries alone.
type ownHashes []tlog.Hash

func (s ownHashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = s[x]
	}
	return out, nil
}

// addBundle appends the hashes of a bundle's entries, and of the subtrees they complete, to own.
func addBundle(dir string, t tlog.Tile, own *ownHashes) error {
	data, err := read(dir, path(t))
	if err != nil {
		return err
	}
	list, err := entries(data, t.W)
	if err != nil {
		return fmt.Errorf("%s: %v", path(t), err)
	}
	for i, entry := range list {
		hashes, err := tlog.StoredHashes(t.N<<height+int64(i), entry, *own)
		if err != nil {
			return err
		}
		*own = append(*own, hashes...)
	}
	return nil
}

// checkTile compares a tile with the one recomputed from the entries. tlog.TileHashReader would not
// do: in Debian's x/mod 0.7.0 it leaves some tiles unchecked (CVE-2026-56865, fixed in 0.40.0).
func checkTile(dir string, t tlog.Tile, own ownHashes) error {
	want, err := tlog.ReadTileData(t, own)
	if err != nil {
		return err
	}
	data, err := read(dir, path(t))
	if err != nil {
		return err
	}
	if !bytes.Equal(data, want) {
		return fmt.Errorf("%s: not the hashes of the entries below it", path(t))
	}
	return nil
}

func check(dir, vkey string) (tlog.Tree, error) {
	tree, err := openCheckpoint(dir, vkey)
	if err != nil {
		return tree, err
	}
	tiles := treeTiles(tree.N)
	var own ownHashes
	for _, t := range tiles {
		if t.L == 0 {
			bundle := t
			bundle.L = -1
			if err := addBundle(dir, bundle, &own); err != nil {
				return tree, err
			}
		}
	}
	root := tlog.Hash(sha256.Sum256(nil)) // of the empty tree
	if tree.N > 0 {
		if root, err = tlog.TreeHash(tree.N, own); err != nil {
			return tree, err
		}
	}
	if root != tree.Hash {
		return tree, fmt.Errorf("the entries give root %v, the checkpoint says %v", root, tree.Hash)
	}
	for _, t := range tiles {
		if err := checkTile(dir, t, own); err != nil {
			return tree, err
		}
	}
	return tree, checkFiles(dir, tiles)
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go-checker EXPORT_DIR VKEY")
		os.Exit(1)
	}
	tree, err := check(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
	fmt.Printf("ok size=%d root=%v\n", tree.N, tree.Hash)
}
