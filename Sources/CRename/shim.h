// Swaps what two paths name, in one step: nobody ever sees one without the other. Swift's Glibc does not have the call.
#include <errno.h>
#include <stdio.h>

#if defined(__linux__)
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

extern long syscall(long number, ...);
#endif

// 0, or -1 with errno: ENOSYS, EINVAL or EXDEV where the system or the file system cannot.
static inline int swap_paths(const char *one, const char *other) {
#if defined(__APPLE__)
  return renamex_np(one, other, RENAME_SWAP);
#elif defined(SYS_renameat2)
  return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, 2u /* RENAME_EXCHANGE */);
#else
  errno = ENOSYS;
  return -1;
#endif
}
