using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications.Email;

/// <summary>Purpose: mails as .eml files in a folder, for demonstrations and for whoever sends them on by other means.</summary>
internal sealed class FileMail(string directory, TimeProvider time) : IMailTransport
{
    public string Place => $"the folder {Path.GetFullPath(directory)}";

    public MailboxAddress From { get; } = new("ServerlessBacklog", "backlog@localhost");

    public async Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var name = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{NameOf(message)}.eml"));
            // Whole or not at all: whoever watches the folder meets no half a message.
            var half = $"{name}.part";
            await using (var stream = new FileStream(half, FileMode.Create, FileAccess.Write))
                await message.WriteToAsync(stream, cancellation);
            File.Move(half, name, overwrite: true);
            return new SendResult(SendOutcome.Sent);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new SendResult(SendOutcome.Later, "The folder for mails cannot be written to.");
        }
    }

    public Task<string?> WhyNotReachedAsync(CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return Task.FromResult<string?>(null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<string?>("The folder for mails cannot be written to.");
        }
    }

    private static string NameOf(MimeMessage message) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.MessageId ?? "")).AsSpan(0, 4));
}
