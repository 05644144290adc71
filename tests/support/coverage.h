/* For the build that counts coverage (VARIANT=cov): a child that ends with _exit() is counted too. It
 * stands before every source, so it includes nothing: a file may have a write() of its own. */
#ifndef COVERAGE_H
#define COVERAGE_H

extern void __gcov_dump(void);
extern void coverage_real_exit(int code) __asm__("_exit") __attribute__((noreturn));
extern void coverage_exit(int code) __attribute__((weak, noreturn));
void coverage_exit(int code)
{
    __gcov_dump();
    coverage_real_exit(code);
}
#define _exit coverage_exit

#endif
