/** The time of day in Việt Nam, to the second: figures that refresh every ten seconds need it. */
const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
export const sayClock = (instant: string): string => clock.format(new Date(instant));
