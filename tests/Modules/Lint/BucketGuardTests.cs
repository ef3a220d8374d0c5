namespace OpenHall.Tests.Modules;

public class BucketGuardTests
{
    private static readonly string[] AccountSide = ["bills", "payments"];

    [Theory]
    [InlineData("UPDATE bills SET x = 1 WHERE id = 2")]
    [InlineData("DELETE FROM \"payments\" WHERE id = 2")]
    [InlineData("INSERT INTO bills (id) VALUES (1)")]
    [InlineData("-- openhall:hold\n\nSELECT * FROM bills AS b WHERE b.id = 1")]
    [InlineData("SELECT * FROM bills AS b INNER JOIN payments AS p ON b.id = p.bill WHERE b.bucket = 1")]
    public void A_statement_without_its_bucket_is_found(string sql) => Assert.NotNull(BucketGuard.MissingBucket(sql, AccountSide));

    [Theory]
    [InlineData("UPDATE bills SET x = 1 WHERE \"bucket\" = @p0 AND id = 2")]
    [InlineData("INSERT INTO bills (bucket, id) VALUES (1, 1)")]
    [InlineData("-- openhall:hold\n\nSELECT * FROM bills AS b WHERE b.\"bucket\" = 1 AND b.id = 1")]
    [InlineData("SELECT sum(x) FROM bills AS b GROUP BY b.bucket")]
    [InlineData("SELECT * FROM bills AS b INNER JOIN payments AS p ON b.bucket = p.bucket AND b.id = p.bill WHERE b.bucket = 1")]
    [InlineData("UPDATE halls SET x = 1")]
    public void One_that_names_it_passes(string sql) => Assert.Null(BucketGuard.MissingBucket(sql, AccountSide));
}
