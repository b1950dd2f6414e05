// Fetches the filter from an image as Envoy Gateway does: by its own code, which lies beside this when it is built, and wants
// a logger and a bound.
//
//	fetch IMAGE FILE        prints the image's digest
package main

import (
	"context"
	"fmt"
	"os"
)

const maxWasmSize = 256 << 20

type logger struct{}

func (logger) Info(string, ...any) {}

func main() {
	if err := fetch(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func fetch(image, file string) error {
	fetcher, err := NewImageFetcher(context.Background(), ImageFetcherOption{}, logger{})
	if err != nil {
		return err
	}
	get, digest, err := fetcher.PrepareFetch(image)
	if err != nil {
		return err
	}
	module, err := get()
	if err != nil {
		return err
	}
	fmt.Println(digest)
	return os.WriteFile(file, module, 0o600)
}
