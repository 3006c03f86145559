using CmlNet.Reports.Model;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections.Images;

/// <summary>The pictures the run left, each under its name.</summary>
internal sealed class ImagesSection : IReportSection
{
    private const int MostImages = 50;

    public string Name => "images";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, ImageReader.ReaderName)];
        var images = input.Artifacts.OfType<ImageArtifact>().ToList();
        foreach (ImageArtifact image in images.Take(MostImages))
        {
            blocks.Add(new ParagraphBlock(new TextRun(image.Path, RunStyle.Strong)));
            blocks.Add(new ImageBlock(image.FullPath, image.Path) { Baseline = image.Baseline });
        }

        if (images.Count > MostImages)
            blocks.Add(new NoteBlock($"The first {MostImages} of {images.Count} images are shown."));
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Images", Blocks = blocks };
    }
}
