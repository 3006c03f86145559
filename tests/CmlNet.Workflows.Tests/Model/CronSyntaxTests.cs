using CmlNet.Workflows.Model.Conversion;

namespace CmlNet.Workflows.Tests.Model;

public sealed class CronSyntaxTests
{
    [Theory]
    [InlineData("0 0 * * *", true)]
    [InlineData("*/15 2,14 1-15 JAN-mar sun", true)]
    [InlineData("20/15 * * * *", true)]
    [InlineData("  30   5 * * 1-5 ", true)]
    [InlineData("59 23 31 12 6", true)]
    [InlineData("60 0 * * *", false)]
    [InlineData("0 0 0 * *", false)]
    [InlineData("0 0 * 13 *", false)]
    [InlineData("0 0 * * FUN", false)]
    [InlineData("0 0 * *", false)]
    [InlineData("0 0 * * * *", false)]
    [InlineData("*/0 * * * *", false)]
    [InlineData("5-2 * * * *", false)]
    [InlineData("1,,2 * * * *", false)]
    [InlineData("1-2-3 * * * *", false)]
    [InlineData("@daily", false)]
    [InlineData("-1 * * * *", false)]
    [InlineData("", false)]
    public void Cron_FiveFields_EachInItsRange(string text, bool valid) => Assert.Equal(valid, CronSyntax.IsValid(text));
}
