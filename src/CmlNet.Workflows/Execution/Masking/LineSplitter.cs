using System.Text;
using CmlNet.Containers;

namespace CmlNet.Workflows.Execution.Masking;

/// <summary>From the raw bytes of a command's two streams, in whatever chunks they come, to lines of text.</summary>
/// <remarks>
/// A line ends with LF, CR or CRLF, as in the official runner (so each redraw of a progress bar is a line). Invalid UTF-8 becomes U+FFFD.
/// Memory is bounded: a line over the limit is passed on in masked pieces.
/// </remarks>
internal sealed class LineSplitter(ILineSink sink, SecretMasker masker, int maximumLength = LineSplitter.DefaultMaximumLength) : IOutputSink
{
    /// <summary>In UTF-16 units.</summary>
    public const int DefaultMaximumLength = 1024 * 1024;

    private readonly StreamState _output = new();
    private readonly StreamState _error = new();

    public async ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        StreamState state = StateOf(stream);
        char[] characters = new char[Encoding.UTF8.GetMaxCharCount(data.Length)];
        int count = state.Decoder.GetChars(data.Span, characters, flush: false);
        await SplitAsync(stream, state, characters.AsMemory(0, count), cancellationToken);
    }

    /// <summary>Passes on what came after the last line end. Call once, when both streams have ended.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        foreach (StandardStream stream in new[] { StandardStream.Output, StandardStream.Error })
        {
            StreamState state = StateOf(stream);
            char[] rest = new char[4];
            int count = state.Decoder.GetChars([], rest, flush: true);
            state.Line.Append(rest, 0, count);
            if (state.Line.Length > 0)
                await EndLineAsync(stream, state, cancellationToken);
        }
    }

    private async ValueTask SplitAsync(StandardStream stream, StreamState state, ReadOnlyMemory<char> text, CancellationToken cancellationToken)
    {
        while (!text.IsEmpty)
        {
            if (state.SkipLineFeed)
            {
                state.SkipLineFeed = false;
                if (text.Span[0] == '\n')
                {
                    text = text[1..];
                    continue;
                }
            }

            int end = text.Span.IndexOfAny('\r', '\n');
            state.Line.Append(text.Span[..(end < 0 ? text.Length : end)]);
            while (state.Line.Length > maximumLength + masker.LongestLength)
                await WritePieceAsync(stream, state, cancellationToken);
            if (end < 0)
                return;

            state.SkipLineFeed = text.Span[end] == '\r';
            text = text[(end + 1)..];
            await EndLineAsync(stream, state, cancellationToken);
        }
    }

    private async ValueTask EndLineAsync(StandardStream stream, StreamState state, CancellationToken cancellationToken)
    {
        bool isPiece = state.IsCut;
        string line = isPiece ? state.TakePiece(masker, state.Line.Length) : state.Line.ToString();
        state.Reset();
        await sink.WriteLineAsync(stream, line, isPiece, cancellationToken);
    }

    private async ValueTask WritePieceAsync(StandardStream stream, StreamState state, CancellationToken cancellationToken)
    {
        string piece = state.TakePiece(masker, maximumLength);
        await sink.WriteLineAsync(stream, piece, isPiece: true, cancellationToken);
    }

    private StreamState StateOf(StandardStream stream) => stream == StandardStream.Error ? _error : _output;

    /// <summary>One stream's unfinished line.</summary>
    private sealed class StreamState
    {
        private int _hiddenPrefix;

        public Decoder Decoder { get; } = new UTF8Encoding(false, throwOnInvalidBytes: false).GetDecoder();

        public StringBuilder Line { get; private set; } = new();

        public bool SkipLineFeed { get; set; }

        public bool IsCut { get; private set; }

        /// <summary>Removes the first <paramref name="length"/> characters and returns them masked. A secret that the cut divides is hidden on both sides.</summary>
        /// <remarks>Safe when at least the longest secret's length stays behind the cut, or nothing: then every secret that begins before it is whole.</remarks>
        public string TakePiece(SecretMasker masker, int length)
        {
            string text = Line.ToString();
            var piece = new StringBuilder(length);
            int position = 0;
            int hiddenTo = _hiddenPrefix;
            if (hiddenTo > 0)
                piece.Append(SecretMasker.Mark);
            foreach (TextSpan span in masker.FindSpans(text))
            {
                if (span.Start >= length)
                    break;
                if (hiddenTo == 0 || span.Start > hiddenTo)
                {
                    position = Math.Max(position, hiddenTo);
                    piece.Append(text, position, span.Start - position).Append(SecretMasker.Mark);
                }

                hiddenTo = Math.Max(hiddenTo, span.End);
                position = hiddenTo;
            }

            position = Math.Max(position, hiddenTo);
            if (position < length)
                piece.Append(text, position, length - position);
            _hiddenPrefix = Math.Max(0, hiddenTo - length);
            Line.Remove(0, length);
            IsCut = true;
            return piece.ToString();
        }

        public void Reset()
        {
            Line.Clear();
            if (Line.Capacity > DefaultMaximumLength)
                Line = new StringBuilder();
            IsCut = false;
            _hiddenPrefix = 0;
        }
    }
}
