using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ServerlessBacklog.StandIns.Http;

internal static class AnswerWriter
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(Answer answer) =>
        Encoding.UTF8.GetBytes(answer.Text ?? answer.Body?.ToJsonString(Relaxed) ?? "");

    public static async Task WriteAsync(HttpContext context, Answer answer, byte[] bytes)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;
        if (bytes.Length == 0 || answer.Status is 204 or 304)
            return;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
