namespace CmlNet.Reports.Sections.Classification;

/// <summary>Cases of class <paramref name="Actual"/> taken for class <paramref name="Predicted"/> (positions among the labels).</summary>
internal sealed record Confusion(int Actual, int Predicted, double Count);
