# To be sourced: PyTorch's allocator returns memory to the kernel and takes it back at every step; jemalloc, where it is
# installed, keeps it for seconds (for ever let the steps stage grow to 22 GB: no two batches have one size). One thread,
# as several gain nothing at these sizes.
export OMP_NUM_THREADS=1
for library in /usr/lib/*/libjemalloc.so.2; do
  if [ -e "$library" ]; then
    export LD_PRELOAD=$library MALLOC_CONF=dirty_decay_ms:5000,muzzy_decay_ms:5000
  fi
done
