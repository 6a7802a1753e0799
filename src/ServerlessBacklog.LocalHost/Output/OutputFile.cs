using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>Writes a file whole or not at all: a draft beside it takes its name once it is complete.</summary>
internal static class OutputFile
{
    public static Task WriteReportAsync(string path, BacklogReport report, CancellationToken cancellation) =>
        WriteAsync(path, stream => HtmlReport.RenderAsync(report, stream, cancellation: cancellation));

    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var full = Path.GetFullPath(path);
        var draft = $"{full}.{Environment.ProcessId}.tmp";
        if (Directory.Exists(full))
            throw new UserErrorException($"'{path}' is a folder. Name a file in it, for example {Path.Combine(path, "report.html")}.");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            await using (var stream = File.Create(draft))
                await write(stream);
            File.Move(draft, full, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{path}' cannot be written: {fault.Message} Choose another place, or make room.", fault);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
