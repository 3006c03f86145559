using System.Runtime.InteropServices;

namespace CmlNet.Reports.Charts.Drawing;

/// <summary>The few C functions of librsvg, cairo and GObject that turn an SVG into pixels, looked up once by name.</summary>
internal sealed unsafe class LibRsvg
{
    private static readonly Lazy<LibRsvg?> Instance = new(Load);

    private LibRsvg(nint rsvg, nint cairo, nint gobject, nint glib)
    {
        NewFromData = (delegate* unmanaged<byte*, nuint, nint*, nint>)NativeLibrary.GetExport(rsvg, "rsvg_handle_new_from_data");
        GetDimensions = (delegate* unmanaged<nint, Dimensions*, void>)NativeLibrary.GetExport(rsvg, "rsvg_handle_get_dimensions");
        RenderCairo = (delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(rsvg, "rsvg_handle_render_cairo");
        SurfaceCreate = (delegate* unmanaged<int, int, int, nint>)NativeLibrary.GetExport(cairo, "cairo_image_surface_create");
        SurfaceFlush = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(cairo, "cairo_surface_flush");
        SurfaceData = (delegate* unmanaged<nint, byte*>)NativeLibrary.GetExport(cairo, "cairo_image_surface_get_data");
        SurfaceStride = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(cairo, "cairo_image_surface_get_stride");
        SurfaceWidth = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(cairo, "cairo_image_surface_get_width");
        SurfaceHeight = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(cairo, "cairo_image_surface_get_height");
        SurfaceDestroy = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(cairo, "cairo_surface_destroy");
        ContextCreate = (delegate* unmanaged<nint, nint>)NativeLibrary.GetExport(cairo, "cairo_create");
        ContextScale = (delegate* unmanaged<nint, double, double, void>)NativeLibrary.GetExport(cairo, "cairo_scale");
        ContextPaint = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(cairo, "cairo_paint");
        ContextSetColor = (delegate* unmanaged<nint, double, double, double, void>)NativeLibrary.GetExport(cairo, "cairo_set_source_rgb");
        ContextDestroy = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(cairo, "cairo_destroy");
        ObjectUnref = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(gobject, "g_object_unref");
        ErrorFree = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(glib, "g_error_free");
    }

    /// <summary>The loaded libraries, or null where they are not installed.</summary>
    public static LibRsvg? Loaded => Instance.Value;

    public delegate* unmanaged<byte*, nuint, nint*, nint> NewFromData { get; }

    public delegate* unmanaged<nint, Dimensions*, void> GetDimensions { get; }

    public delegate* unmanaged<nint, nint, int> RenderCairo { get; }

    public delegate* unmanaged<int, int, int, nint> SurfaceCreate { get; }

    public delegate* unmanaged<nint, void> SurfaceFlush { get; }

    public delegate* unmanaged<nint, byte*> SurfaceData { get; }

    public delegate* unmanaged<nint, int> SurfaceStride { get; }

    public delegate* unmanaged<nint, int> SurfaceWidth { get; }

    public delegate* unmanaged<nint, int> SurfaceHeight { get; }

    public delegate* unmanaged<nint, void> SurfaceDestroy { get; }

    public delegate* unmanaged<nint, nint> ContextCreate { get; }

    public delegate* unmanaged<nint, double, double, void> ContextScale { get; }

    public delegate* unmanaged<nint, void> ContextPaint { get; }

    public delegate* unmanaged<nint, double, double, double, void> ContextSetColor { get; }

    public delegate* unmanaged<nint, void> ContextDestroy { get; }

    public delegate* unmanaged<nint, void> ObjectUnref { get; }

    public delegate* unmanaged<nint, void> ErrorFree { get; }

    private static LibRsvg? Load()
    {
        if (TryLoad(out nint rsvg, "librsvg-2.so.2", "librsvg-2.2.dylib", "librsvg-2-2.dll")
            && TryLoad(out nint cairo, "libcairo.so.2", "libcairo.2.dylib", "libcairo-2.dll")
            && TryLoad(out nint gobject, "libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll")
            && TryLoad(out nint glib, "libglib-2.0.so.0", "libglib-2.0.0.dylib", "libglib-2.0-0.dll"))
        {
            try
            {
                return new LibRsvg(rsvg, cairo, gobject, glib);
            }
            catch (EntryPointNotFoundException)
            {
                return null; // a build without these functions is as good as none
            }
        }

        return null;
    }

    private static bool TryLoad(out nint library, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            foreach (string folder in (ReadOnlySpan<string>)["", "/opt/homebrew/lib/", "/usr/local/lib/"])
            {
                if (NativeLibrary.TryLoad(folder + name, out library))
                    return true;
            }
        }

        library = 0;
        return false;
    }

    /// <summary><c>RsvgDimensionData</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Dimensions
    {
        public int Width;
        public int Height;
        public double Em;
        public double Ex;
    }
}
