using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Vouchers;

public static class VouchersTables
{
    extension(HallDb db)
    {
        public DbSet<ReceiptBook> ReceiptBooks => db.Set<ReceiptBook>();

        public DbSet<Receipt> Receipts => db.Set<Receipt>();
    }
}
