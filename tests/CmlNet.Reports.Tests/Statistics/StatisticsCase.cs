using System.Globalization;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Tests.Statistics;

/// <summary>One random input for the oracle: labels, tied probabilities, a regression and counts.</summary>
internal sealed record StatisticsCase(int[] Actual, int[] Predicted, double[] Probabilities, double[] Target, double[] Estimate, long Trials, long Hits, int Draw1000)
{
    public const int Classes = 4;

    public static StatisticsCase Draw(Random random, int round)
    {
        int rows = round < 3 ? round + 1 : random.Next(2, 120), classes = round % 9 == 0 ? 1 : Classes;
        int[] actual = [.. Enumerable.Range(0, rows).Select(_ => random.Next(classes))];
        int[] predicted = [.. actual.Select(label => random.NextDouble() < 0.6 ? label : random.Next(classes))];
        double[] probabilities = [.. Enumerable.Range(0, rows).SelectMany(_ => Row(random, round % 2 == 0))];
        bool constant = round % 11 == 0;
        double[] target = [.. Enumerable.Range(0, rows).Select(_ => constant ? 2 : random.NextDouble() * 20 - 5)];
        double[] estimate = [.. target.Select(value => round % 22 == 0 ? value : value + random.NextDouble() - 0.4)];
        long trials = random.Next(1, round % 5 == 0 ? 200_000 : 60);
        return new StatisticsCase(actual, predicted, probabilities, target, estimate, trials, random.NextInt64(trials + 1), random.Next(1000));
    }

    public PredictionsArtifact Predictions() => new()
    {
        Path = "p.csv", Labels = [.. Enumerable.Range(0, Classes).Select(i => i.ToString(CultureInfo.InvariantCulture))], Actual = Actual, Predicted = Predicted, ActualColumn = "a", PredictedColumn = "p", MissingRows = 0,
    };

    public double[] Column(int column) => [.. Enumerable.Range(0, Actual.Length).Select(i => Probabilities[i * Classes + column])];

    public string Line() =>
        $"[{List(Actual)},{List(Predicted)},[{string.Join(',', Probabilities.Chunk(Classes).Select(List))}],{List(Target)},{List(Estimate)},[{Trials},{Hits},{Draw1000}]]\n";

    // Coarse rows have ties, and zeros that must be clipped.
    private static double[] Row(Random random, bool coarse)
    {
        if (coarse)
        {
            int[] quarters = new int[Classes];
            for (int i = 0; i < Classes; i++)
                quarters[random.Next(Classes)]++;
            return [.. quarters.Select(quarter => quarter / (double)Classes)];
        }

        double[] weights = [.. Enumerable.Range(0, Classes).Select(_ => random.NextDouble() + 0.01)];
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    private static string List<T>(IEnumerable<T> values) where T : IFormattable => $"[{string.Join(',', values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)))}]";
}
