namespace CmlNet.Reports.Plots;

/// <summary>A column to be read.</summary>
/// <param name="Name">As the header has it.</param>
/// <param name="Form">How its values are wanted.</param>
internal sealed record PlotColumn(string Name, PlotColumnForm Form = PlotColumnForm.Numbers);
