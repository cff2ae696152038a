#include "asset.h"

size_t asset_count(void)
{
    return n_asset_rows;
}

struct asset asset_at(size_t i)
{
    assert(i < n_asset_rows);
    const struct asset_row *row = &asset_rows[i];
    return (struct asset){
        .path = row->path,
        .type = row->type,
        .p = row->p,
        .n = (size_t)(row->end - row->p),
        .gz = row->gz,
        .gz_n = row->gz ? (size_t)(row->gz_end - row->gz) : 0,
        .etag = row->etag,
    };
}

bool asset_find(struct str path, struct asset *ret)
{
    size_t low = 0, high = n_asset_rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(path, asset_rows[middle].path);
        if (order == 0) {
            *ret = asset_at(middle);
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
