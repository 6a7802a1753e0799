using System.Net;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace ServerlessBacklog.Functions.Tests.Fakes;

/// <summary>An HTTP request as the worker hands it to a function.</summary>
internal sealed partial class FakeRequest(FunctionContext context, string pathAndQuery, string body = "", string method = "POST") : HttpRequestData(context)
{
    public override Stream Body { get; } = new MemoryStream(Encoding.UTF8.GetBytes(body));

    public override HttpHeadersCollection Headers { get; } = new();

    public override Uri Url { get; } = new($"http://localhost/{pathAndQuery}");

    public override string Method => method;

    public override HttpResponseData CreateResponse() => new FakeResponse(FunctionContext);
}

internal sealed partial class FakeResponse(FunctionContext context) : HttpResponseData(context)
{
    public override HttpStatusCode StatusCode { get; set; }

    public override HttpHeadersCollection Headers { get; set; } = new();

    public override Stream Body { get; set; } = new MemoryStream();
}
