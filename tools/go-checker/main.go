// go-checker verifies an exported log (C2SP tlog-tiles) with code that Suanpan's own does not share:
// notes and trees are those of golang.org/x/mod/sumdb, behind sum.golang.org.
//
//	go-checker EXPORT_DIR VKEY
//
// See README.md for what it checks. Exit code 0: verified; 1: not verified, or it could not be read.
package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // of a tile: 256 hashes

// reader is a tlog.TileReader over the directory. It keeps what authenticates other tiles.
type reader struct {
	dir   string
	cache map[tlog.Tile][]byte
}

func (r *reader) Height() int                     { return height }
func (r *reader) SaveTiles([]tlog.Tile, [][]byte) {}
func (r *reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(tiles))
	for i, t := range tiles {
		data, ok := r.cache[t]
		if !ok {
			var err error
			if data, err = os.ReadFile(filepath.Join(r.dir, path(t))); err != nil {
				return nil, err
			}
			if t.L > 0 || t.W < 1<<height {
				r.cache[t] = data
			}
		}
		out[i] = data
	}
	return out, nil
}

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

// leaves are the hashes of the tree as recomputed from the entries alone.
type leaves []tlog.Hash

func (s leaves) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = s[x]
	}
	return out, nil
}

// checkTile authenticates a tile's hashes against the root and, at level 0, against the entries.
func checkTile(dir string, t tlog.Tile, tiles tlog.HashReader, own *leaves) error {
	first := t.N << height
	indexes := make([]int64, t.W)
	for i := range indexes {
		indexes[i] = tlog.StoredHashIndex(t.L*height, first+int64(i))
	}
	hashes, err := tiles.ReadHashes(indexes)
	if err != nil || t.L > 0 {
		return err
	}
	bundle := t
	bundle.L = -1
	data, err := os.ReadFile(filepath.Join(dir, path(bundle)))
	if err != nil {
		return err
	}
	list, err := entries(data, t.W)
	if err != nil {
		return fmt.Errorf("%s: %v", path(bundle), err)
	}
	for i, entry := range list {
		hash := tlog.RecordHash(entry)
		if hash != hashes[i] {
			return fmt.Errorf("%s: entry %d is not the one in the tree", path(bundle), first+int64(i))
		}
		more, err := tlog.StoredHashesForRecordHash(first+int64(i), hash, *own)
		if err != nil {
			return err
		}
		*own = append(*own, more...)
	}
	return nil
}

func check(dir, vkey string) (tlog.Tree, error) {
	tree, err := openCheckpoint(dir, vkey)
	if err != nil {
		return tree, err
	}
	tiles := treeTiles(tree.N)
	reader := tlog.TileHashReader(tree, &reader{dir, map[tlog.Tile][]byte{}})
	var own leaves
	for _, t := range tiles {
		if err := checkTile(dir, t, reader, &own); err != nil {
			return tree, fmt.Errorf("%s: %v", path(t), err)
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
