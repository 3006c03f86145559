namespace CmlNet.Reports.Predictions;

/// <summary>One of 15 bins of equal width, closed on the right.</summary>
/// <param name="Count">Rows in it.</param>
/// <param name="Confidence">Mean probability of the positive class, or of the likeliest one.</param>
/// <param name="Accuracy">Share of the rows that are positive, or whose likeliest class is right.</param>
internal sealed record CalibrationBin(long Count, double Confidence, double Accuracy);
