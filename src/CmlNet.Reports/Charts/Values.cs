using System.Runtime.InteropServices;

namespace CmlNet.Reports.Charts;

/// <summary>Lists of numbers as spans: a call through an interface for each of a million values would cost more than drawing them.</summary>
internal static class Values
{
    public static ReadOnlySpan<double> Of(IReadOnlyList<double> values) => values switch
    {
        double[] array => array,
        List<double> list => CollectionsMarshal.AsSpan(list),
        _ => values.ToArray(),
    };
}
