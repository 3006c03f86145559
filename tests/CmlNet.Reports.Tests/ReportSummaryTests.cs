using CmlNet.Reports.Baselines;
using CmlNet.Reports.Configuration;

namespace CmlNet.Reports.Tests;

/// <summary>The first line.</summary>
public sealed class ReportSummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tests: {junit: t.xml}", "⚠️ 1 of 2 tests failed")]
    [InlineData("contract: {data: live.csv, reference: train.csv}", "⚠️ 1 rule of the data contract broken")]
    [InlineData("drift: {reference: train.csv, current: live.csv}", "⚠️ data drifted (1 of 1 columns)")]
    [InlineData("metrics: {files: gone.json}", "⚠️ 1 file not read")]
    public void Build_WhatNoGateJudges_IsNotKeptQuiet(string section, string expected)
    {
        _folder.Write("run/t.xml", "<testsuite><testcase name=\"a\"/><testcase name=\"b\"><failure message=\"no\"/></testcase></testsuite>");
        _folder.Write("run/train.csv", "city\n" + string.Concat(Enumerable.Repeat("Oslo\nRome\n", 50)));
        _folder.Write("run/live.csv", "city\n" + string.Concat(Enumerable.Repeat("Oslo\nKyiv\n", 50)));
        Assert.Equal(expected, Line($"report:\n  sections:\n    - {section}\n", null));
    }

    [Fact]
    public void Build_DriftThatAGateJudges_IsSaidOnce()
    {
        _folder.Write("run/train.csv", "city\n" + string.Concat(Enumerable.Repeat("Oslo\nRome\n", 50)));
        _folder.Write("run/live.csv", "city\n" + string.Concat(Enumerable.Repeat("Oslo\nKyiv\n", 50)));
        Assert.Equal("❌ Failed · 0 of 1 gates passed, failed: drift share", Line("report:\n  sections:\n    - drift: {reference: train.csv, current: live.csv}\n  gates:\n    - {drift: share, max: 0.3}\n", null));
    }

    [Fact]
    public void Build_SliceThatGotWorse_IsCountedOnce()
    {
        string Rows(int wrong) => "id,part,y_true,y_pred\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},{(i < 100 ? "a" : "b")},x,{(i < wrong ? "y" : "x")}\n"));
        _folder.Write("run/p.csv", Rows(40));
        _folder.Write("before/p.csv", Rows(1));
        Assert.Contains(" · ⚠️ 1 slice got worse · ", Line("report:\n  sections:\n    - classification: {predictions: p.csv, slices: part}\n", "before"), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_MetricThatWasNoNumber_IsWorded()
    {
        _folder.Write("run/m.json", "{\"auc\": 0.7, \"perplexity\": 3, \"accuracy\": 0.80002, \"k\": 12}");
        _folder.Write("before/m.json", "{\"auc\": NaN, \"perplexity\": Infinity, \"accuracy\": 0.8, \"k\": 10}");
        Assert.Equal("3 better · auc nan → 0.7 (better) · perplexity inf → 3 (better) · accuracy 0.8 → 0.80002 (+0.0025 % better)", Line("report:\n  sections:\n    - metrics: {files: m.json}\n", "before"));
    }

    /// <summary>Without metrics files the figures of predictions speak; one row of two hundred is chance.</summary>
    [Theory]
    [InlineData(1, "No change beyond noise · ")]
    [InlineData(60, "8 better · ")]
    [InlineData(0, "No metric changed")]
    public void Build_PredictionsAlone_AreWeighed(int wrongBefore, string expected)
    {
        string Rows(int wrong) => "id,y_true,y_pred\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},{(i % 2 == 0 ? "x" : "z")},{(i < wrong == (i % 2 == 0) ? "z" : "x")}\n"));
        _folder.Write("run/p.csv", Rows(0));
        _folder.Write("before/p.csv", Rows(wrongBefore));
        Assert.StartsWith(expected, Line("report:\n  sections:\n    - classification: {predictions: p.csv}\n", "before"), StringComparison.Ordinal);
    }

    private string Line(string yaml, string? baseline)
    {
        ReportConfiguration configuration = ReportConfiguration.Parse(yaml, "cml.yaml", Path.Combine(_folder.Path, "run"))!;
        BuiltReport built = new ReportBuilder().Build(
            new ReportRequest
            {
                Directory = Path.Combine(_folder.Path, "run"), WorkingDirectory = _folder.Path, Configuration = configuration,
                Baseline = baseline is null ? null : new BaselineRequest { Asked = baseline, IsExplicit = true, Now = DateTimeOffset.UnixEpoch },
            },
            CancellationToken.None);
        return string.Concat(built.Model.Summary!.Runs.Select(run => run.Text)); // there is something to say
    }
}
