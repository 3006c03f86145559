using CmlNet.Dvc.Pipelines;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Dvc.Tests.Pipelines;

public sealed class GraphLayoutTests
{
    /// <summary>Any graph without circles: lines run downwards, nothing overlaps, everything lies between 0 and the width.</summary>
    [Fact]
    public void Of_AnyGraph_RunsDownwardsWithoutOverlaps()
    {
        Gen<(int Count, (int, int)[] Edges)> graph = Gen.Choose(1, 20).SelectMany(count => Gen.Choose(0, count - 1).Two().ListOf().Select(pairs => (count, pairs.Where(pair => pair.Item1 != pair.Item2).Select(pair => (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2))).Distinct().ToArray())));
        Prop.ForAll(graph.ToArbitrary(), one =>
        {
            double[] widths = [.. Enumerable.Range(0, one.Count).Select(i => 3.0 + i % 7)];
            var layout = GraphLayout.Of(widths, one.Edges, 2, 1);
            foreach (((int from, int to), (int layer, IReadOnlyList<double> centers)) in one.Edges.Zip(layout.Lines))
            {
                Assert.True(layout.Boxes[from].Layer < layout.Boxes[to].Layer);
                Assert.Equal((layout.Boxes[from].Layer, layout.Boxes[to].Layer), (layer, layer + centers.Count - 1));
                Assert.Equal((layout.Boxes[from].Center, layout.Boxes[to].Center), (centers[0], centers[^1]));
            }

            foreach (var boxes in Enumerable.Range(0, one.Count).GroupBy(i => layout.Boxes[i].Layer).Select(group => group.OrderBy(i => layout.Boxes[i].Center).ToList()))
            {
                for (int i = 1; i < boxes.Count; i++)
                    Assert.True(Left(boxes[i]) - Right(boxes[i - 1]) >= 2 - 1e-6);
            }

            Assert.All(Enumerable.Range(0, one.Count), i => Assert.True(Left(i) >= -1e-6 && Right(i) <= layout.Width + 1e-6));
            double Left(int i) => layout.Boxes[i].Center - widths[i] / 2;
            double Right(int i) => layout.Boxes[i].Center + widths[i] / 2;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void Of_ASourceOfALateStage_StandsRightAboveIt()
    {
        var layout = GraphLayout.Of([5, 5, 5, 5], [(0, 1), (1, 2), (3, 2)], 2, 1);
        Assert.Equal([0, 1, 2, 1], layout.Boxes.Select(box => box.Layer));
    }

    [Fact]
    public void Of_ACircle_IsRefused() => Assert.Throws<ArgumentException>(() => GraphLayout.Of([1, 1], [(0, 1), (1, 0)], 1, 1));
}
