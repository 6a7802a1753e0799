using System.Diagnostics;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>
/// Progress on the error stream: a bar that redraws itself on a terminal, a plain line every few seconds when piped, nothing when quiet.
/// It appears only once the work has taken a second.
/// </summary>
internal sealed class ProgressLine(bool quiet) : IDisposable
{
    private const int Width = 30;

    private readonly bool terminal = !Console.IsErrorRedirected;
    private readonly Stopwatch since = Stopwatch.StartNew();
    private readonly Lock turn = new();
    private TimeSpan next = TimeSpan.FromSeconds(1);
    private bool drawn;

    /// <param name="total">0 when not known.</param>
    public void Show(string what, int done, int total)
    {
        if (quiet)
            return;
        lock (turn)
        {
            if (since.Elapsed < next || (!terminal && done == 0))
                return;
            next = since.Elapsed + (terminal ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(5));
            var count = total > 0 ? $"{done:N0} of {total:N0}" : done > 0 ? $"{done:N0}" : "";
            if (!terminal)
            {
                Console.Error.WriteLine($"{what} {count}".TrimEnd());
                return;
            }

            var filled = total > 0 ? Math.Clamp(done * Width / total, 0, Width) : 0;
            Console.Error.Write($"\r\u001b[2K{what,-12} {new string('█', filled)}{new string('░', Width - filled)} {count}");
            drawn = true;
        }
    }

    /// <summary>Takes the bar off the screen.</summary>
    public void Dispose()
    {
        if (drawn)
            Console.Error.Write("\r\u001b[2K");
        drawn = false;
    }
}
