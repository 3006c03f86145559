using System.Text.RegularExpressions;
using CmlNet.Reports.Comparison;

namespace CmlNet.Reports.Sections.Curves;

/// <summary>
/// When a training curve is drawn on a logarithmic axis without being asked: a loss, an error, a norm of gradients or a learning rate, every value above 0,
/// over three decades or more, and a good part of it so far down that a linear axis would show a flat line. A rate that falls in a straight line is left on the
/// linear axis, which shows it as one.
/// </summary>
internal static partial class LogAxis
{
    private const double LeastSpan = 1000;
    private const double Low = 0.01;
    private const double LowShare = 0.25;
    private const int FewestValues = 4;

    /// <param name="quantity">The name that the curves share.</param>
    /// <param name="logged">All values, of both sides.</param>
    public static bool Suits(string quantity, IReadOnlyList<double> logged)
    {
        if (new DirectionRules([], []).Of(quantity) != MetricDirection.Down && !IsSchedule(quantity) && !Norm.IsMatch(quantity))
            return false;
        double least = double.PositiveInfinity, most = 0;
        double[] values = [.. logged.Where(double.IsFinite)];
        foreach (double value in values)
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        if (values.Length < FewestValues || !(least > 0) || !(most / least >= LeastSpan))
            return false;
        double low = most * Low * (1 + 1e-9); // a rate cut to a hundredth is a hundredth
        return values.Count(value => value <= low) >= LowShare * values.Length;
    }

    /// <summary>Whether the values were set, not measured: nothing in them is noise.</summary>
    public static bool IsSchedule(string quantity) => Rate.IsMatch(quantity);

    [GeneratedRegex("(^|[^a-z])(lr|learning[ _-]?rate)([^a-z]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Rate { get; }

    [GeneratedRegex("(^|[^a-z])grad(ient)?s?[ _-]?norm([^a-z]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Norm { get; }
}
