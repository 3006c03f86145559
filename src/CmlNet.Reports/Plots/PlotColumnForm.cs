namespace CmlNet.Reports.Plots;

/// <summary>How the values of a column are wanted.</summary>
internal enum PlotColumnForm
{
    /// <summary>As numbers; what is missing is NaN, text is an error.</summary>
    Numbers,

    /// <summary>As text, whatever they look like.</summary>
    Texts,

    /// <summary>As numbers when every value is one, else as text.</summary>
    Either,
}
