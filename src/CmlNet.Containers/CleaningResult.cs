namespace CmlNet.Containers;

/// <summary>What <see cref="IImageCleaner"/> removed.</summary>
/// <param name="ImageBytes">Bytes that the images took.</param>
/// <param name="Volumes">Names that the engine had given to the volumes.</param>
public sealed record CleaningResult(long ImageBytes, IReadOnlyList<string> Volumes);
