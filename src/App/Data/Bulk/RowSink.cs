namespace OpenHall.App;

/// <summary>Takes the values of rows one by one, in the order of their columns.</summary>
abstract class RowSink
{
    public abstract void Null();
    public abstract void Put(bool value);
    public abstract void Put(short value);
    public abstract void Put(int value);
    public abstract void Put(long value);
    public abstract void Put(string value);
    public abstract void Put(byte[] value);
    public abstract void Put(Guid value);
    /// <param name="value">UTC.</param>
    public abstract void Put(DateTime value);
    public abstract void Put(DateOnly value);
}
