namespace CmlNet.Reports.Sections.Classification;

/// <summary>A mean over classes. An undefined figure counts as 0 in it, as in scikit-learn; the report says where that happened.</summary>
internal sealed record AverageScore(double Precision, double Recall, double F1);
