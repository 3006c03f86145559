using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Bar;
using CmlNet.Reports.Charts.Box;
using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Charts.Graph;
using CmlNet.Reports.Charts.Heatmap;
using CmlNet.Reports.Charts.Histogram;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Charts.Rates;
using CmlNet.Reports.Charts.Residuals;
using CmlNet.Reports.Charts.Scatter;
using CmlNet.Reports.Contracts;
using CmlNet.Reports.Drift;
using CmlNet.Reports.Performance;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.JUnit;
using CmlNet.Reports.Readers.Mlflow;
using CmlNet.Reports.Sections;
using CmlNet.Reports.Sections.Classification;
using CmlNet.Reports.Sections.Contract;
using CmlNet.Reports.Sections.Curves;
using CmlNet.Reports.Sections.Data;
using CmlNet.Reports.Sections.Drift;
using CmlNet.Reports.Sections.Experiments;
using CmlNet.Reports.Sections.Gates;
using CmlNet.Reports.Sections.Images;
using CmlNet.Reports.Sections.Latency;
using CmlNet.Reports.Sections.Lineage;
using CmlNet.Reports.Sections.Metrics;
using CmlNet.Reports.Sections.Params;
using CmlNet.Reports.Sections.Pipeline;
using CmlNet.Reports.Sections.Plots;
using CmlNet.Reports.Sections.Regression;
using CmlNet.Reports.Sections.Sizes;
using CmlNet.Reports.Sections.Slices;
using CmlNet.Reports.Sections.Tests;

namespace CmlNet.Reports;

/// <summary>Everything that can be added to, one line each.</summary>
internal static class ReportServices
{
    /// <summary>In the order in which a found file is offered to them: the pickiest first.</summary>
    public static IReadOnlyList<IArtifactReader> Readers =>
    [
        new MlflowReader(),
        new SklearnPlotReader(),
        new PredictionsReader(),
        new HistoryReader(),
        new ParamsReader(),
        new RegressionReader(),
        new MetricsReader(),
        new JUnitReader(),
        new ImageReader(),
        new DriftReader(),
        new ContractReader(),
        new LatencyReader(),
        new SizeReader(),
    ];

    /// <summary>In the order of the report.</summary>
    public static IReadOnlyList<IReportSection> Sections =>
    [
        new GatesSection(),
        new MetricsSection(),
        new ParamsSection(),
        new PipelineSection(),
        new DataSection(),
        new ClassificationSection(),
        new RegressionSection(),
        new SlicesSection(),
        new CurvesSection(),
        new PlotsSection(),
        new DriftSection(),
        new ContractSection(),
        new LatencySection(),
        new SizesSection(),
        new TestsSection(),
        new ImagesSection(),
        new ExperimentsSection(),
        new LineageSection(),
    ];

    public static IReadOnlyList<IChart> Charts =>
    [
        new LineChart(),
        new ConfusionChart(),
        new BarChart(),
        new ScatterChart(),
        new HistogramChart(),
        new HeatmapChart(),
        new RocChart(),
        new PrecisionRecallChart(),
        new CalibrationChart(),
        new ResidualsChart(),
        new BoxChart(),
        new GraphChart(),
    ];
}
