using System.Text;

namespace CmlNet.Reports.Charts.Drawing;

/// <summary>SVG to PNG by librsvg. Nothing outside the SVG is read: librsvg loads no file for a document without a base address.</summary>
public static class SvgRasterizer
{
    private const int LargestSide = 16_384;
    private const int Rgb24 = 1;
    private const string Smallest = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text y=\"9\" font-family=\"DejaVu Sans, sans-serif\">0</text></svg>";
    private static readonly Lock Gate = new();

    /// <summary>The package to install where <see cref="IsAvailable"/> is false.</summary>
    public static string InstallHint => "librsvg is not installed (Debian/Ubuntu: apt-get install librsvg2-2 fonts-dejavu-core; Fedora: dnf install librsvg2; macOS: brew install librsvg)";

    public static bool IsAvailable => LibRsvg.Loaded is not null;

    /// <summary>Loads librsvg and the fonts beside other work: that takes as long as several pictures.</summary>
    public static Task WarmUpAsync() => Task.Run(() => TryRender(Smallest, 1));

    /// <summary>Renders on white, opaque.</summary>
    /// <param name="svg">A whole SVG document.</param>
    /// <param name="scale">Pixels per SVG unit; 2 for high-density screens.</param>
    /// <returns>PNG bytes; null when librsvg is absent, or the SVG is invalid, empty, or larger than 16,384 pixels a side.</returns>
    public static byte[]? TryRender(string svg, double scale)
    {
        ArgumentNullException.ThrowIfNull(svg);
        if (LibRsvg.Loaded is not { } library)
            return null;
        byte[] bytes = Encoding.UTF8.GetBytes(svg);
        nint surface;
        // fontconfig and pango keep process-wide state that older versions do not lock.
        lock (Gate)
            surface = Render(library, bytes, scale);
        return surface == 0 ? null : Encode(library, surface);
    }

    // A painted surface; 0 when there is none.
    private static unsafe nint Render(LibRsvg library, byte[] svg, double scale)
    {
        nint handle, error = 0;
        fixed (byte* data = svg)
            handle = library.NewFromData(data, (nuint)svg.Length, &error);
        if (handle == 0)
        {
            if (error != 0)
                library.ErrorFree(error);
            return 0;
        }

        try
        {
            LibRsvg.Dimensions size;
            library.GetDimensions(handle, &size);
            double width = Math.Ceiling(size.Width * scale), height = Math.Ceiling(size.Height * scale);
            return width is >= 1 and <= LargestSide && height is >= 1 and <= LargestSide
                ? Paint(library, handle, (int)width, (int)height, scale)
                : 0;
        }
        finally
        {
            library.ObjectUnref(handle);
        }
    }

    private static unsafe nint Paint(LibRsvg library, nint handle, int width, int height, double scale)
    {
        nint surface = library.SurfaceCreate(Rgb24, width, height);
        nint context = library.ContextCreate(surface);
        library.ContextSetColor(context, 1, 1, 1);
        library.ContextPaint(context);
        library.ContextScale(context, scale, scale);
        bool painted = library.RenderCairo(handle, context) != 0;
        library.ContextDestroy(context);
        if (painted)
            return surface;
        library.SurfaceDestroy(surface);
        return 0;
    }

    private static unsafe byte[]? Encode(LibRsvg library, nint surface)
    {
        try
        {
            library.SurfaceFlush(surface);
            byte* pixels = library.SurfaceData(surface);
            int stride = library.SurfaceStride(surface), width = library.SurfaceWidth(surface), height = library.SurfaceHeight(surface);
            return pixels is null ? null : PngWriter.Write(new ReadOnlySpan<byte>(pixels, stride * height), width, height, stride);
        }
        finally
        {
            library.SurfaceDestroy(surface);
        }
    }
}
