namespace CmlNet.Reports.Model;

/// <summary>How a run of text stands out.</summary>
public enum RunStyle
{
    Plain,
    Strong,
}
