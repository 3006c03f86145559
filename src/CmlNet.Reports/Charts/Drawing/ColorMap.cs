namespace CmlNet.Reports.Charts.Drawing;

/// <summary>A sequential single-hue map: 0 is close to the page, 1 is as far from it as the theme allows. Safe for every kind of colour blindness because lightness carries it.</summary>
internal sealed class ColorMap(IReadOnlyList<Rgb> stops)
{
    private static readonly Rgb Black = Rgb.Parse("#0d1117");
    private static readonly Rgb White = Rgb.Parse("#ffffff");

    /// <param name="share">0 to 1; anything outside is clamped.</param>
    public Rgb At(double share)
    {
        double position = Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * (stops.Count - 1);
        int index = Math.Min((int)position, stops.Count - 2);
        return Rgb.Mix(stops[index], stops[index + 1], position - index);
    }

    /// <summary>Black or white, whichever reads better on <paramref name="background"/>.</summary>
    public static Rgb LabelOn(Rgb background) => background.Contrast(Black) >= background.Contrast(White) ? Black : White;
}
